// Condition keys: how a request answers for them, and which of them are declared to hold several
// values.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
import { GLOBAL_KEYS } from './global-keys.ts'

/**
 * What a request says about itself. `get` is asked with the name in lower case and answers
 * undefined for an absent key, a string for a single-valued key, and an array for a multi-valued
 * one, even of one value or none.
 */
export type ConditionKeys = { get(key: string): string | readonly string[] | undefined }

/** Of a request that says nothing. */
export const NO_KEYS: ConditionKeys = { get: () => undefined }

/**
 * How many values a key may have is a property of the key, not of the request that happens to have
 * one.
 */
const MULTIVALUED: ReadonlySet<string> = new Set([
  ...GLOBAL_KEYS.filter(({ multivalued }) => multivalued).map(({ name }) => name.toLowerCase()),
  'iam:accountpropertynamespaces',
  'sts:identitytokenaudience',
  'sts:requestcontextproviders',
  'sts:transitivetagkeys',
])

/** Whether the key (in lower case) is declared multi-valued; of OIDC providers' claims `amr` is. */
export function isMultivalued(key: string): boolean {
  return MULTIVALUED.has(key) || key.endsWith(':amr')
}
