// The operations of IAM's policy simulator.
import type { Operations } from '../../operation.ts'
import {
  GetContextKeysForCustomPolicy,
  GetContextKeysForPrincipalPolicy,
} from './get-context-keys.ts'
import { SimulateCustomPolicy, SimulatePrincipalPolicy } from './simulate-policies.ts'

export const simulationOperations = {
  SimulateCustomPolicy,
  SimulatePrincipalPolicy,
  GetContextKeysForCustomPolicy,
  GetContextKeysForPrincipalPolicy,
} satisfies Operations
