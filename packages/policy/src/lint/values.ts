// MFA021 and MFA022: values of a condition that mean something other than they seem to.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
import { compareDecimals, parseDecimal } from '../decimal.ts'
import type { Entry, LintedCondition } from './document.ts'
import { replaceString } from './edits.ts'
import { isAge, OLDEST_MFA_SECONDS } from './mfa-effect.ts'
import { eachStatement, type Observation } from './rule.ts'

/** MFA021: Bool and Null read everything that is not `true` as false. */
export const neitherTrueNorFalse = eachStatement(({ conditions }) =>
  conditions
    .filter(({ operator }) => isBoolean(operator))
    .flatMap(({ operator, key, entries }) =>
      entries
        .filter(({ text }) => !/^(?:true|false)$/i.test(text))
        .map(({ text, json }): Observation => {
          const seemsTrue = /^(?:y|yes|t|on|1|enabled?|\s*true\s*)$/i.test(text)
          return {
            code: 'MFA021',
            at: json,
            severity: seemsTrue ? 'error' : 'warning',
            why: `${operator} reads "${text}" as false, as it does everything but "true": ${key} is compared with false.`,
            fix: () => [replaceString(json, seemsTrue ? 'true' : 'false')],
          }
        }),
    ),
)

/** MFA022: a limit in milliseconds, or beyond the longest session. */
export const ageOutOfReach = eachStatement(({ conditions }) =>
  conditions
    .filter(({ key, operator }) => isAge(key) && isOrder(operator))
    .flatMap(condition =>
      condition.entries
        .filter(({ text }) => isBeyond(text))
        .map(entry => outOfReach(condition, entry)),
    ),
)

function outOfReach({ operator }: LintedCondition, { text, json }: Entry): Observation {
  const seconds = Math.round(Number(text) / 1000)
  const likely = seconds > 0 && seconds <= OLDEST_MFA_SECONDS ? String(seconds) : '3600'
  return {
    code: 'MFA022',
    at: json,
    why: `The age is in seconds, and no session lives longer than ${OLDEST_MFA_SECONDS} (36 hours): ${operator} ${text} is no limit.`,
    fix: () => [replaceString(json, likely)],
  }
}

function isBeyond(text: string): boolean {
  const age = parseDecimal(text)
  return age !== undefined && compareDecimals(age, OLDEST_MFA_SECONDS) > 0
}

function isBoolean(operator: string): boolean {
  return operator === 'Null' || /^(?:For(?:All|Any)Values?:)?Bool(?:IfExists)?$/.test(operator)
}

function isOrder(operator: string): boolean {
  return operator.includes('NumericLess') || operator.includes('NumericGreater')
}
