// docs/guides/lint-findings.md from the table of codes and the vectors: run this file to write it.
import { writeFileSync } from 'node:fs'
import { CODES, type Finding, type FindingCode, lintAccount, lintPolicy } from '../src/index.ts'
import { accountOf, accountWideFindings, lintAccountVectors } from './lint-account-vectors.ts'
import { type LintCase, lintVectors, optionsOf } from './lint-vectors.ts'

export const GUIDE = new URL('../../../docs/guides/lint-findings.md', import.meta.url)

const INTRODUCTION = `# What the policy doctor finds

\`twinlock policy lint\` and \`lintPolicy\` of [\`@twinlock/policy\`](../../packages/policy/README.md) name every finding by a code that never changes its
meaning. Here is each of them with an example, what the doctor says to it, and its correction. This page is written by
\`node packages/policy/test/lint-guide.ts\` from what the doctor really says; a test compares.

- **error**: a hole, or a lock-out. **warning**: it may be one. **info**: worth knowing.
- A correction changes as little as it can, and keeps the formatting. Where it could open what somebody meant to close (a condition on a
  role's own policy, a principal of a trust policy), there is none: people decide.
- Judgements about MFA are not made by looking for patterns. Every condition is asked, by the same code that makes decisions, in four states: an
  access key alone (no MFA keys in the request), a session without MFA (\`aws:MultiFactorAuthPresent\` is "false"), a session with fresh MFA, and
  one whose MFA is as old as it gets, 36 hours.
- \`CODES\` is the table of them all.
`

const CHAPTERS: readonly (readonly [prefixes: string, title: string])[] = [
  ['DOC', 'Documents that AWS refuses'],
  ['MFA00', 'Denies that do not protect'],
  ['MFA01', 'Allows that do not need MFA'],
  ['MFA02', 'Conditions on MFA that mean something else'],
  ['MFA03 MFA04', 'What a deny-unless-MFA exempts'],
  ['ROLE', 'Roles have no MFA'],
  ['ORG', 'Organizations and resources'],
  ['TRUST', 'Trust policies'],
  ['VAR', "One's own user, one's own device"],
  ['RES', 'Resources'],
  ['IP', 'Addresses'],
  ['KEY', 'Condition keys'],
  ['ACT', 'Actions'],
  ['ACC', 'What only the whole account shows'],
]

/** The page. */
export function renderGuide(): string {
  const codes = Object.keys(CODES) as FindingCode[]
  const chapters = CHAPTERS.flatMap(([prefixes, title]) => [
    `## ${title}`,
    ...codes
      .filter(code => prefixes.split(' ').some(prefix => code.startsWith(prefix)))
      .map(renderCode),
  ])
  return `${[INTRODUCTION, ...chapters].join('\n\n').replaceAll(/\n{3,}/g, '\n\n')}\n`
}

function renderCode(code: FindingCode): string {
  const { slug, severity, title, page } = CODES[code]
  const example = exampleOf(code)
  const head = `### ${code} ${slug}\n\n**${title}** (${severity}; [AWS](https://docs.aws.amazon.com/IAM/latest/UserGuide/${page}))`
  return [
    head,
    `${example.title}${example.document ? ':' : '.'}`,
    example.document,
    example.why,
  ].join('\n\n')
}

type Example = { readonly title: string; readonly document: string; readonly why: string }

function exampleOf(code: FindingCode): Example {
  const one = lintVectors()
    .flatMap(([, { cases }]) => cases)
    .find(candidate => candidate.code === code)
  return one ? documentExample(one, code) : accountExample(code)
}

function documentExample(one: LintCase, code: FindingCode): Example {
  const found = lintPolicy(one.text.join('\n'), optionsOf(one)).find(
    finding => finding.code === code,
  )
  if (found === undefined) throw new Error(`${one.title} is no example of ${code}`)
  const fixed = found.fix?.split('\n')
  const document = fixed
    ? ['```diff', ...lineDiff(one.text, fixed), '```']
    : [`\`\`\`${code === 'DOC001' ? 'text' : 'json'}`, ...one.text, '```']
  return { title: capitalized(one.title), document: document.join('\n'), why: found.why }
}

function accountExample(code: FindingCode): Example {
  const one = lintAccountVectors().find(candidate => candidate.code === code)
  const ofDocuments =
    one && lintAccount(accountOf(one)).flatMap(({ findings }) => findings.map(each => each.finding))
  const found: readonly Pick<Finding, 'code' | 'why'>[] = [
    ...(ofDocuments ?? []),
    ...(one ? accountWideFindings(one) : []),
  ]
  const finding = found.find(candidate => candidate.code === code)
  if (one === undefined || finding === undefined) throw new Error(`no example of ${code}`)
  return { title: capitalized(one.title), document: '', why: finding.why }
}

/** Lines with a sign before each; the longest common subsequence stays. */
function lineDiff(before: readonly string[], after: readonly string[]): readonly string[] {
  const [line, ...restBefore] = before
  const [other, ...restAfter] = after
  if (line === undefined) return after.map(added => `+ ${added}`)
  if (other === undefined) return before.map(removed => `- ${removed}`)
  if (line === other) return [`  ${line}`, ...lineDiff(restBefore, restAfter)]
  const later = before.findIndex(candidate => after.includes(candidate))
  const removed = later === -1 ? before : before.slice(0, later)
  const until = later === -1 ? after.length : after.indexOf(before[later] ?? '')
  return [
    ...removed.map(text => `- ${text}`),
    ...after.slice(0, until).map(text => `+ ${text}`),
    ...lineDiff(before.slice(removed.length), after.slice(until)),
  ]
}

/** A name stays as it is spelled. */
function capitalized(text: string): string {
  if (/^(?:\$|[a-z]+:)/.test(text)) return text
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

if (import.meta.main) writeFileSync(GUIDE, renderGuide())
