// Managed policies to test with, and what is said of those that are not there.
import assert from 'node:assert/strict'
import type { IAMClient, Policy } from '@aws-sdk/client-iam'
import { CreatePolicyCommand } from '@aws-sdk/client-iam'
import { allow, policy } from './people.ts'

export const ACCOUNT = '123456789012'
export const READ_ONLY = 'arn:aws:iam::aws:policy/ReadOnlyAccess'
export const FOREIGN = 'arn:aws:iam::999999999999:policy/theirs'
export const MISSING = `arn:aws:iam::${ACCOUNT}:policy/none`

export const LIST_BUCKETS = policy(allow('s3:ListAllMyBuckets'))

/** Makes a policy of the account; returns its ARN. */
export async function createPolicy(
  iam: IAMClient,
  PolicyName: string,
  PolicyDocument = LIST_BUCKETS,
  more: { readonly Path?: string; readonly Description?: string } = {},
): Promise<string> {
  const { Policy: made } = await iam.send(
    new CreatePolicyCommand({ PolicyName, PolicyDocument, ...more }),
  )
  assert.ok(made?.Arn)
  return made.Arn
}

export const namesOf = (policies: readonly Policy[] | undefined) =>
  policies?.map(({ PolicyName }) => PolicyName)

export const notAttachable = (arn: string) => ({
  name: 'NoSuchEntityException',
  message: `Policy ${arn} does not exist or is not attachable.`,
})

export const notFound = (arn: string) => ({
  name: 'NoSuchEntityException',
  message: `Policy ${arn} was not found.`,
})
