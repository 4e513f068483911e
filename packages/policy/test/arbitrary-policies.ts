// Policies and requests for the tests of laws, from small alphabets, so that statements often
// apply.
import fc from 'fast-check'
import { conditionKeys, type Document, type Keys } from './vectors.ts'

/** A user of the account 123456789012. */
export const ALICE = {
  account: '123456789012',
  arns: ['arn:aws:iam::123456789012:user/alice'],
  ids: ['AIDAALICEALICEALICE01'],
  isRoot: false,
  kind: 'user',
} as const

const ACTIONS = ['s3:GetObject', 's3:PutObject', 'iam:GetUser'] as const
const RESOURCES = ['arn:aws:s3:::a/1', 'arn:aws:s3:::b/1', '*'] as const

/** A statement of one of the effects. */
export const anyStatement = (...effects: [string, ...string[]]): fc.Arbitrary<Document> =>
  fc
    .record({
      Effect: fc.constantFrom(...effects),
      action: fc.tuple(
        fc.constantFrom('Action', 'NotAction'),
        fc.array(fc.constantFrom(...ACTIONS, 's3:*', '*', 'S3:get*'), {
          minLength: 1,
          maxLength: 2,
        }),
      ),
      resource: fc.tuple(
        fc.constantFrom('Resource', 'NotResource'),
        fc.array(
          fc.constantFrom(
            '*',
            'arn:aws:s3:::a/*',
            'arn:aws:s3:::${aws:username}/1',
            'arn:aws:s3:::b/?',
          ),
          {
            minLength: 1,
            maxLength: 2,
          },
        ),
      ),
      Condition: fc.constantFrom(
        {},
        { Bool: { 'aws:MultiFactorAuthPresent': 'true' } },
        { BoolIfExists: { 'aws:MultiFactorAuthPresent': 'false' } },
        { NumericLessThan: { 'aws:MultiFactorAuthAge': '100' } },
        { 'ForAllValues:StringEquals': { 'aws:TagKeys': ['x'] } },
      ),
    })
    .map(({ Effect, action, resource, Condition }) => ({
      Effect,
      [action[0]]: action[1],
      [resource[0]]: resource[1],
      Condition,
    }))

/** The statements of one policy. */
export const anyPolicy = fc.array(anyStatement('Allow', 'Deny'), { minLength: 1, maxLength: 3 })
/** Those of several. */
export const anyPolicies = fc.array(anyPolicy, { maxLength: 3 })

/** A request by Alice. */
export const anyRequest = fc
  .record({
    action: fc.constantFrom(...ACTIONS),
    resource: fc.constantFrom(...RESOURCES),
    keys: fc.constantFrom<Keys>(
      {},
      { 'aws:MultiFactorAuthPresent': 'false', 'aws:username': 'a' },
      {
        'aws:MultiFactorAuthPresent': 'true',
        'aws:MultiFactorAuthAge': '50',
        'aws:TagKeys': ['y'],
      },
    ),
  })
  .map(({ action, resource, keys }) => ({
    action,
    resource,
    keys: conditionKeys(keys),
    principal: ALICE,
  }))
