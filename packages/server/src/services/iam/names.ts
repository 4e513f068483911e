// Names of users, groups, roles and policies. IAM compares them ignoring case and keeps their spelling.
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-names
import { AwsError } from '@twinlock/protocol'

/** The form in which a name is unique. */
export const nameKey = (name: string) => name.toLowerCase()

export const nameNotFound = (entity: 'user' | 'group' | 'role', name: string) =>
  new AwsError('NoSuchEntity', `The ${entity} with name ${name} cannot be found.`)
