// The text of a managed policy.
import type { UseQueryResult } from '@tanstack/react-query'
import { useQuery } from '@tanstack/react-query'
import { iam } from '../../api/iam.ts'
import { decodeDocument } from '../../api/policy-document.ts'
import { ACCOUNT } from '../../api/queries.ts'

/** The text of one version of a managed policy, as it was written. */
export function usePolicyText(PolicyArn: string, VersionId: string): UseQueryResult<string> {
  return useQuery({
    queryKey: [ACCOUNT, 'policy text', PolicyArn, VersionId],
    queryFn: async ({ signal }) => {
      const { PolicyVersion } = await iam('GetPolicyVersion', { PolicyArn, VersionId }, signal)
      return decodeDocument(PolicyVersion?.Document)
    },
    enabled: VersionId !== '',
  })
}
