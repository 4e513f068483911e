// Every operation that Twinlock performs, by service and wire name.
import type { ServiceName } from '@twinlock/protocol'
import { iamOperations } from './iam/operations.ts'
import type { Operations } from './operation.ts'
import { stsOperations } from './sts/operations.ts'

export const OPERATIONS: Readonly<Record<ServiceName, Operations>> = {
  iam: iamOperations,
  sts: stsOperations,
}
