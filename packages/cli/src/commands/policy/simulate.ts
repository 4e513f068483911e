// `twinlock policy simulate`: what a request comes to without MFA, with fresh MFA and with stale MFA, side by side; from documents, or
// for a principal of an account.
import { type Catalogue, readCatalogue } from '@twinlock/catalogue'
import { ACCOUNT_OPTIONS, openAccount } from '../../account/open-account.ts'
import { Refusal, UsageError } from '../../command-errors.ts'
import { type Values, command } from '../../command.ts'
import { type Io, print, tell } from '../../io.ts'
import { disappointments, parseExpectations } from './simulation/expectation.ts'
import { columnsOf, painter } from '../../terminal/paint.ts'
import { parseContext } from './simulation/request-keys.ts'
import { expandAction, parseResource } from './simulation/requested.ts'
import { STALE_OPTION, parseStaleSeconds } from './stale.ts'
import { ownResource } from './simulation/own-resource.ts'
import { simulationJson } from './simulation/json.ts'
import { notesOn } from './simulation/notes.ts'
import { simulationTable } from './simulation/table.ts'
import { simulationTree } from './simulation/tree.ts'
import { type Answer, simulate as ask } from './simulation/simulation.ts'
import {
  type Subject,
  checkPolicies,
  checkSubject,
  readSubject,
  SUBJECT_OPTIONS,
} from './simulation/subject.ts'

const OPTIONS = {
  action: {
    type: 'list',
    value: 'ACTION…',
    help: 'what is asked for, as in s3:GetObject; wildcards stand for all documented actions that they match',
  },
  resource: {
    type: 'list',
    value: 'ARN…',
    help: 'on what (default: *; of what users do to themselves, the caller and a device of that name; of sts:AssumeRole, with --principal, every role of the account)',
  },
  'resource-account': {
    type: 'string',
    value: 'ID',
    help: 'whose the resource is, when its ARN does not say (default: the caller’s)',
  },
  ...SUBJECT_OPTIONS,
  context: {
    type: 'list',
    value: 'KEY=VALUE…',
    help: 'condition keys of the request, as in aws:SourceIp=192.0.2.1',
  },
  ...STALE_OPTION,
  expect: {
    type: 'string',
    value: 'EXPECTED',
    help: 'as in no=deny,fresh=allow,stale=deny: exit with 1 when an answer differs; key= and session= tell the two ways of having no MFA apart',
  },
  'allow-unknown-actions': {
    type: 'boolean',
    help: 'with --expect: actions that AWS does not document are no failure',
  },
  tree: { type: 'boolean', help: 'show why: the steps, their statements and their conditions' },
  json: { type: 'boolean', help: 'as JSON; with --tree, with the steps' },
  ...ACCOUNT_OPTIONS,
} as const

export const simulate = command({
  takes: [],
  description: `Shows what a request comes to without MFA, with fresh MFA and with stale MFA. The policies come
from FILEs, \`-\` for stdin, and then nothing is asked for on the network; or from an account, with
--principal. "No MFA" is both a long-term key, which has no aws:MultiFactorAuthPresent at all, and
a session that has it as false: where the two differ, both are shown, and why.

  twinlock policy simulate --policy work.json deny-without-mfa.json --action s3:GetObject
  twinlock policy simulate --principal ana --action 'iam:*MFA*' --expect no=deny,fresh=allow
  twinlock policy simulate --trust trust.json --caller arn:aws:iam::123456789012:user/ana \\
    --resource arn:aws:iam::123456789012:role/deploy`,
  options: OPTIONS,
  run: async (values, _, io) => {
    checkSubject(values)
    const expectations = values.expect === undefined ? [] : parseExpectations(values.expect)
    const staleSeconds = parseStaleSeconds(values['stale-after'])
    const catalogue = readCatalogue()
    const given = parseContext(values.context?.flat() ?? [], catalogue)
    const asked = requestsIn(values, catalogue)
    checkPolicies(values)

    const account = values.principal === undefined ? undefined : await openAccount(values, io)
    const subject = await readSubject(values, account, io)
    const now = io.clock.now()
    const answers = asked.actions.flatMap(action =>
      resourcesFor(action, asked.resources, subject).map(resource =>
        ask({
          caller: subject.caller,
          action,
          resource,
          resourceAccount: values['resource-account'],
          layers: subject.layers,
          trust: subject.trustOf(action, resource),
          given,
          now,
          staleSeconds,
        }),
      ),
    )
    if (answers.length === 0) throw new Refusal('the account has no role to assume.')

    show(answers, subject, { values, staleSeconds, io })
    const unknown = hintAtActions(asked.actions, catalogue, io)
    demand(disappointments(answers, expectations), io)
    if (unknown.length > 0 && expectations.length > 0 && values['allow-unknown-actions'] !== true) {
      throw new Refusal(UNKNOWN_UNDER_TEST)
    }
  },
})

type Requests = {
  readonly actions: readonly string[]
  /** Undefined when none were named. */
  readonly resources: readonly string[] | undefined
}

/** Without an action, who brings a trust policy asks about the assumption of its role. */
function requestsIn(values: Values<typeof OPTIONS>, catalogue: Catalogue): Requests {
  const { action, trust, resource } = values
  const patterns = action?.flat() ?? (trust === undefined ? [] : ['sts:AssumeRole'])
  if (patterns.length === 0) throw new UsageError('what is asked for? Give an --action.')
  return {
    actions: [...new Set(patterns.flatMap(pattern => expandAction(pattern, catalogue)))],
    resources: resource && [...new Set(resource.flat().map(parseResource))],
  }
}

function resourcesFor(action: string, named: Requests['resources'], { roles, caller }: Subject) {
  if (named !== undefined) return named
  if (roles !== undefined && /^sts:AssumeRole$/i.test(action)) return roles
  return [ownResource(action, caller) ?? '*']
}

type Showing = {
  readonly values: Values<typeof OPTIONS>
  readonly staleSeconds: number
  readonly io: Io
}

function show(answers: readonly Answer[], subject: Subject, { values, staleSeconds, io }: Showing) {
  const { caller, textOf } = subject
  const { json = false, tree = false } = values
  if (json)
    return print(io, simulationJson(answers, { caller: caller.arn, staleSeconds, steps: tree }))
  const paint = painter(io)
  if (tree) return print(io, simulationTree(answers, { caller, paint, textOf }))
  const columns = columnsOf(io)
  print(
    io,
    simulationTable(answers, { caller, paint, columns }),
    notesOn(answers, { caller, textOf, columns }),
  )
}

const UNKNOWN_UNDER_TEST =
  'of an action that AWS does not document, no answer proves anything; --allow-unknown-actions is for those that are newer than the catalogue.'

/** A misspelt action is denied, which looks like an answer. */
function hintAtActions(actions: readonly string[], catalogue: Catalogue, io: Io) {
  const unknown = actions.filter(action => catalogue.findAction(action) === undefined)
  for (const action of unknown) {
    tell(io, `twinlock: AWS documents no action ${action}; is it spelled right?`)
  }
  return unknown
}

function demand(sentences: readonly string[], io: Io) {
  if (sentences.length === 0) return
  tell(io, sentences)
  throw new Refusal(
    sentences.length === 1
      ? 'an answer is not as expected.'
      : `${sentences.length} answers are not as expected.`,
  )
}
