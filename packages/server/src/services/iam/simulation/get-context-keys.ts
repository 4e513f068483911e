// The condition keys that policies ask for, so that a simulation can supply them.
// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForCustomPolicy.html
import type {
  GetContextKeysForCustomPolicyRequest,
  GetContextKeysForPolicyResponse,
  GetContextKeysForPrincipalPolicyRequest,
} from '@aws-sdk/client-iam'
import { operation } from '../../operation.ts'
import { contextKeyNames } from './context-key-names.ts'
import { readDocument } from './invalid-input.ts'
import { onSource, parseSourceArn, readSource } from './policy-source.ts'

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForCustomPolicy.html
export const GetContextKeysForCustomPolicy = operation<
  GetContextKeysForCustomPolicyRequest,
  GetContextKeysForPolicyResponse
>({
  permissions: () => [{ action: 'iam:GetContextKeysForCustomPolicy', resource: '*' }],
  perform: ({ PolicyInputList }) => ({ ContextKeyNames: namesIn(PolicyInputList) }),
})

// https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetContextKeysForPrincipalPolicy.html
export const GetContextKeysForPrincipalPolicy = operation<
  GetContextKeysForPrincipalPolicyRequest,
  GetContextKeysForPolicyResponse
>({
  check: ({ PolicySourceArn }) => void parseSourceArn(PolicySourceArn),

  permissions: async ({ PolicySourceArn }, context) => [
    await onSource('iam:GetContextKeysForPrincipalPolicy', context, PolicySourceArn),
  ],

  async perform({ PolicySourceArn, PolicyInputList = [] }, context) {
    const { policies, boundary } = await readSource(context, PolicySourceArn)
    const own = [...policies, ...(boundary ? [boundary] : [])]
    const names = own.flatMap(({ document }) => contextKeyNames(document))
    return { ContextKeyNames: [...namesIn(PolicyInputList), ...names] }
  },
})

/** Each document lists its own: what several ask for is there as often. */
const namesIn = (documents: readonly string[]) =>
  documents.flatMap((document, index) =>
    readDocument(`Policy input list item ${index + 1}`, () => contextKeyNames(document)),
  )
