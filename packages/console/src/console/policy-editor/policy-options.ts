// What the linter is told of the documents that the console shows, by where they are.
import type { LintOptions } from '@twinlock/policy'

export const MANAGED_POLICY: LintOptions = { kind: 'identity', managed: true }
export const TRUST_POLICY: LintOptions = { kind: 'trust' }

export const INLINE_POLICY = {
  user: { kind: 'identity', attachedTo: ['user'] },
  group: { kind: 'identity', attachedTo: ['group'] },
  role: { kind: 'identity', attachedTo: ['role'] },
} as const satisfies Record<string, LintOptions>

/** What an editor begins with. */
export const NEW_POLICY = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Sid": "Statement1",
      "Effect": "Allow",
      "Action": [],
      "Resource": []
    }
  ]
}`

export const NEW_TRUST_POLICY = `{
  "Version": "2012-10-17",
  "Statement": [
    {
      "Effect": "Allow",
      "Principal": {},
      "Action": "sts:AssumeRole"
    }
  ]
}`
