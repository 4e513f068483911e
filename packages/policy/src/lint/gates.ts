// MFA030 to MFA040: what a deny-unless-MFA exempts by its NotAction. Whatever is exempt, a stolen
// access key may do; what is missing, a person without MFA can't do to get it.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_examples_aws_my-sec-creds-self-manage-mfa-only.html
import { compilePattern } from '../wildcard.ts'
import { CODES, type FindingCode } from './codes.ts'
import type { Entry, LintedDocument, LintedStatement } from './document.ts'
import { rewriteList } from './edits.ts'
import {
  ASSUME_ROLES,
  CHANGE_PERMISSIONS,
  ENROL,
  ENROLMENT,
  FIRST_PASSWORD,
  isEnrolment,
  MAKE_CREDENTIALS,
  meant,
  REMOVE_DEVICES,
  RESYNCHRONIZE,
  SEE_DEVICES,
  SIGN_IN_PAGES,
} from './mfa-actions.ts'
import { listed, mfaEffectOf } from './mfa-effect.ts'
import type { Severity } from './finding.ts'
import { eachStatement, type Observation } from './rule.ts'

/** MFA030 to MFA035: what the list lets through. */
export const exemptions = eachStatement((linted, document) => {
  if (!isGate(document, linted) || linted.statement.action.element === 'Action') return []
  const found = linted.action.entries.map(entry => exemption(entry, linted, document))
  return [...found.filter(observation => observation !== undefined), ...firstDevice(linted)]
})

/** MFA036 to MFA040: what the list leaves out. */
export const omissions = eachStatement((linted, document) => {
  if (!isGate(document, linted)) return []
  return OMISSIONS.flatMap(({ actions, ...omission }) => {
    const missing = actions.filter(action => !isExempt(linted, action))
    if (missing.length === 0) return []
    return [
      {
        code: omission.code,
        at: linted.action.name,
        why: omission.why(missing.map(withoutPrefix)),
        severity:
          omission.severity?.(missing.map(withoutPrefix)) ?? severityOf(omission.code, linted),
        ...fixOmission(document, linted, missing),
      } satisfies Observation,
    ]
  })
})

/**
 * A Deny of (nearly) everything that is for those without MFA, whether or not its condition catches
 * them all.
 */
export function isGate(document: LintedDocument, linted: LintedStatement): boolean {
  const { Effect, action } = linted.statement
  if (Effect !== 'Deny' || !isForUsers(document)) return false
  if (action.element === 'Action' && !action.patterns.includes('*')) return false
  const effect = mfaEffectOf(document, linted)
  return effect !== undefined && !effect.freshMfa && (effect.longTermKey || effect.noMfaSession)
}

/** A role has no devices to enrol. */
function isForUsers({ kind, attachedTo }: LintedDocument): boolean {
  if (kind !== 'identity' && kind !== 'boundary') return kind === 'scp'
  return attachedTo === undefined || attachedTo.some(entity => entity !== 'role')
}

/** Whether the gate lets the action pass without MFA. */
export function isExempt({ statement }: LintedStatement, action: string): boolean {
  const { element, patterns } = statement.action
  if (element === 'Action') return false
  return patterns.some(pattern => compilePattern(pattern.toLowerCase())(action.toLowerCase()))
}

type Danger = {
  readonly code: FindingCode
  readonly actions: readonly string[]
  readonly why: string
}

const DANGERS: readonly Danger[] = [
  {
    code: 'MFA030',
    actions: REMOVE_DEVICES,
    why: "AWS itself asks a person who has a device for MFA before it deactivates one, but not before it deletes a virtual device that is not in use, and not where the device is another person's.",
  },
  {
    code: 'MFA031',
    actions: MAKE_CREDENTIALS,
    why: 'Whoever has stolen a key makes another one, or a password, and keeps it when the theft is noticed.',
  },
  {
    code: 'MFA032',
    actions: CHANGE_PERMISSIONS,
    why: 'Whoever has stolen a key takes this policy off, or gives another principal what it denies.',
  },
  {
    code: 'MFA033',
    actions: ASSUME_ROLES,
    why: 'The session of a role is not bound by this policy: every role whose trust policy does not itself ask for MFA is a way past it.',
  },
]

/** Of an entry that means several dangers the first one gives the name, and all are told. */
function exemption(
  entry: Entry,
  linted: LintedStatement,
  document: LintedDocument,
): Observation | undefined {
  const dangers = DANGERS.map(danger => ({ ...danger, meant: meant(entry.text, danger.actions) }))
  const worst = dangers.find(danger => danger.meant.length > 0)
  if (worst === undefined) return isMild(entry.text) ? undefined : unguarded(entry)
  const all = dangers.flatMap(danger => danger.meant)
  const only = all.length === 1 && all[0]?.toLowerCase() === entry.text.toLowerCase()
  return {
    code: worst.code,
    at: entry.json,
    why: `NotAction exempts ${only ? entry.text : `${listed(told(all))} by "${entry.text}"`}: an access key alone may do it wherever an Allow permits. ${worst.why}`,
    severity:
      all.length === 1 && all[0] === 'iam:DeleteVirtualMFADevice'
        ? 'warning'
        : CODES[worst.code].severity,
    fix: () => withoutEntry(document, linted, entry),
  }
}

function told(actions: readonly string[]): readonly string[] {
  const more = actions.length - 4
  return more > 1 ? [...actions.slice(0, 4), `${more} more`] : actions
}

/** An exact entry goes; a pattern makes room for what it means of enrolment. */
function withoutEntry({ text }: LintedDocument, linted: LintedStatement, entry: Entry) {
  const others = linted.action.entries.filter(other => other !== entry)
  const named = new Set(others.map(other => other.text.toLowerCase()))
  const kept = meant(entry.text, ENROLMENT).filter(action => !named.has(action.toLowerCase()))
  return (
    rewriteList(text, linted.action.json, [entry.json], kept) ??
    rewriteList(text, linted.action.json, [entry.json], ENROLMENT) ??
    []
  )
}

function isMild(entry: string): boolean {
  return isEnrolment(entry) || /^(?:iam:(?:get|list)|sts:get)/i.test(entry)
}

function unguarded(entry: Entry): Observation {
  return {
    code: 'MFA034',
    at: entry.json,
    why: `An access key alone may do ${entry.text} wherever an Allow permits. Nobody needs it to enrol a device or to give a code.`,
  }
}

function firstDevice(linted: LintedStatement): readonly Observation[] {
  if (!ENROL.every(action => isExempt(linted, action))) return []
  const entry = linted.action.entries.find(({ text }) => meant(text, ENROL.slice(1)).length > 0)
  return [
    {
      code: 'MFA035',
      at: entry?.json ?? linted.action.json,
      why: 'That is what the exemption is for, and what a thief can use as long as the person has no device: enrol one, get a session with it, and pass every check. Give nobody an access key before there is a device, let administrators enrol the first one, or tie iam:EnableMFADevice to a network.',
    },
  ]
}

type Omission = {
  readonly code: FindingCode
  readonly actions: readonly string[]
  readonly why: (missing: readonly string[]) => string
  /** Where what is missing takes the edge off. */
  readonly severity?: (missing: readonly string[]) => Severity | undefined
}

const OMISSIONS: readonly Omission[] = [
  {
    code: 'MFA036',
    actions: ENROL,
    why: missing =>
      `Without MFA ${listed(missing)} ${isOrAre(missing)} denied, and without ${itOrThem(missing)} nobody gets a first device to have MFA with, unless somebody else enrols it.`,
  },
  {
    code: 'MFA037',
    actions: SEE_DEVICES,
    why: missing =>
      `Without MFA ${listed(missing)} ${isOrAre(missing)} denied: ${missing.includes('ListMFADevices') ? 'the console shows no devices, and a script finds no serial number to give a code for.' : "whoever looks through the account's devices, as the console does before it makes another one, gets an error. Their own devices people do see."}`,
    severity: missing => (missing.includes('ListMFADevices') ? undefined : 'info'),
  },
  {
    code: 'MFA038',
    actions: [RESYNCHRONIZE],
    why: () =>
      'A device out of step gives codes that are not accepted, so its owner has no MFA, and without MFA ResyncMFADevice is denied: only an administrator can help.',
  },
  {
    code: 'MFA039',
    actions: SIGN_IN_PAGES,
    why: missing =>
      `Without MFA ${listed(missing)} ${isOrAre(missing)} denied. ${missing.includes('GetSessionToken') ? 'GetSessionToken works nevertheless, for no policy can deny it; to list it is to say so. ' : ''}${missing.some(action => action !== 'GetSessionToken') ? 'The security credentials page of the console shows errors in its place; enrolling works.' : ''}`.trim(),
  },
  {
    code: 'MFA040',
    actions: FIRST_PASSWORD,
    why: missing =>
      `Who must choose a password at the first sign-in, or has let it expire, is not let in, for ${listed(missing)} ${isOrAre(missing)} denied without MFA. AWS recommends to leave it so; whoever wants it otherwise adds ${itOrThem(missing)}.`,
  },
]

function fixOmission(
  { text }: LintedDocument,
  { statement, action }: LintedStatement,
  missing: readonly string[],
): Pick<Observation, 'fix'> {
  return {
    fix: () => {
      if (statement.action.element === 'NotAction') {
        return rewriteList(text, action.json, [], missing) ?? []
      }
      const { start, end } = action.json
      const exempt = new Set([...ENROLMENT, ...missing])
      return [
        { ...action.name, text: '"NotAction"' },
        { start, end, text: JSON.stringify([...exempt]).replaceAll(',', ', ') },
      ]
    },
  }
}

/** Who exempts nothing at all may mean administrators to enrol the devices. */
function severityOf(code: FindingCode, linted: LintedStatement): Observation['severity'] & string {
  const { severity } = CODES[code]
  if (severity === 'info') return severity
  const exemptsEnrolling = [...ENROL, ...SEE_DEVICES, RESYNCHRONIZE].some(action =>
    isExempt(linted, action),
  )
  return exemptsEnrolling ? severity : 'warning'
}

function withoutPrefix(action: string): string {
  return action.slice(action.indexOf(':') + 1)
}

function isOrAre(words: readonly string[]): string {
  return words.length === 1 ? 'is' : 'are'
}

function itOrThem(words: readonly string[]): string {
  return words.length === 1 ? 'it' : 'them'
}
