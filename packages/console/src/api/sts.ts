// STS, as the console calls it.
import { callerOf } from './call.ts'
import type { OperationsOf } from './operations-of.ts'

export type Sts = OperationsOf<typeof import('@aws-sdk/client-sts')>

export const sts = callerOf<Sts>('sts')
