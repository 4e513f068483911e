// IAM, as the console calls it.
import { callerOf } from './call.ts'
import type { OperationsOf } from './operations-of.ts'

export type Iam = OperationsOf<typeof import('@aws-sdk/client-iam')>

export const iam = callerOf<Iam>('iam')
