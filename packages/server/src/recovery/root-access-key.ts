// One more access key for root, two at most.
import assert from 'node:assert/strict'
import { AwsError } from '@twinlock/protocol'
import { ConfigError } from '../config.ts'
import type { KeyStore } from '../keyring/key-store.ts'
import { CreateAccessKey } from '../services/iam/access-keys.ts'
import type { RootContext } from './root-context.ts'
import type { RecoveredBy } from './root-recovery.ts'
import { recoverRoot } from './root-recovery.ts'

export type RootAccessKey = { readonly accessKeyId: string; readonly secretAccessKey: string }

/** @throws ConfigError when root has two keys already */
export function createRootAccessKey(keys: KeyStore, by: RecoveredBy): Promise<RootAccessKey> {
  return recoverRoot(keys, by, {
    command: 'twinlock root create-access-key',
    perform: createKey,
    told: ({ accessKeyId }) => ({ AccessKeyId: accessKeyId }),
  })
}

async function createKey(context: RootContext): Promise<RootAccessKey> {
  const answer = await Promise.resolve(CreateAccessKey.perform({}, context)).catch(explained)
  if (answer instanceof AwsError) throw answer
  const { AccessKeyId, SecretAccessKey } = answer.AccessKey ?? {}
  assert(AccessKeyId !== undefined && SecretAccessKey !== undefined)
  return { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey }
}

/** @throws ConfigError where there is no room; what else it is, always */
function explained(error: unknown): never {
  if (!(error instanceof AwsError) || error.code !== 'LimitExceeded') throw error
  throw new ConfigError(
    'The root user has two access keys already, as many as there can be: sign in as root and delete one.',
  )
}
