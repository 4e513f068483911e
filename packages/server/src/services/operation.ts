// What an operation is: the permissions that it needs and what it performs. A service is a table of operations; the spine
// decodes and checks the input, asks for the permissions, and only then performs (http/spine.ts).
import type { AwsError } from '@twinlock/protocol'
import type { Context } from './context.ts'

/** One question to the policies: may the caller do `action` to `resource`? */
export type Permission = {
  /** `iam:GetUser`, in the documented spelling. */
  readonly action: string
  /** An ARN as it is stored, or `*` for an action without resource-level permissions. */
  readonly resource: string
  /** How IAM names the resource in a denial, where that is not its ARN: `user ana` (https://docs.aws.amazon.com/IAM/latest/UserGuide/troubleshoot_access-denied.html). */
  readonly shownAs?: string
  /** Tags of the resource: `aws:ResourceTag/…` and `iam:ResourceTag/…`. */
  readonly resourceTags?: readonly Tag[]
  /** Tags in the request: `aws:RequestTag/…` and `aws:TagKeys`. */
  readonly requestTags?: readonly Tag[]
  /** Tag keys in the request, when an operation removes tags: `aws:TagKeys`. */
  readonly requestTagKeys?: readonly string[]
  /** Further condition keys of the action: `iam:PolicyARN`. Absent ones are undefined. */
  readonly keys?: Readonly<Record<string, string | readonly string[] | undefined>>
  /** A setting of the account allows it, as an identity-based policy would: a Deny still refuses. */
  readonly grantedBySetting?: boolean
}

export type Tag = { readonly Key: string; readonly Value: string }

export type Operation<Input, Output> = {
  /** True when it changes the account: then it runs whole in one transaction, authorization included. */
  readonly changes?: true
  /**
   * Refuses what the model's constraints cannot describe; it is asked right after them, before any permission.
   * @throws AwsError ValidationError
   */
  readonly check?: (input: Input) => void
  /** The permissions it needs, all of them. Looks up stored ARNs; never tells whether something exists. */
  readonly permissions: (
    input: Input,
    context: Context,
  ) => readonly Permission[] | Promise<readonly Permission[]>
  /**
   * Does it. A thrown AwsError undoes everything that was written. A returned one refuses too, but keeps what was
   * written: a wrong code must be counted.
   */
  readonly perform: (
    input: Input,
    context: Context,
  ) => Output | AwsError | Promise<Output | AwsError>
  /** What CloudTrail calls read-only, where it is not simply what changes nothing. */
  readonly readOnly?: boolean
}

/**
 * Declares an operation by the SDK's types of its request and response. After validation required members are there:
 * the types say so.
 */
export function operation<Request, Response = void>(
  definition: Operation<Checked<Request>, Answer<Response>>,
): Operation<Checked<Request>, Answer<Response>> {
  return definition
}

/** A table of operations under their wire names. Each has an input of its own: who calls one must know that it is the right one. */
export type Operations = Readonly<Record<string, Operation<never, object | void>>>

/** Operations that every signed caller may call, whatever the policies say. */
export const noPermission = () => []

/** A request's type after validation: what the model requires is present, and `undefined` is only absence. */
export type Checked<T> = T extends Uint8Array | Date
  ? T
  : T extends readonly (infer Member)[]
    ? readonly Checked<Member>[]
    : T extends object
      ? {
          readonly [
            Name in keyof T as undefined extends T[Name]
              ? IsOptional<T, Name> extends true
                ? never
                : Name
              : Name
          ]: Checked<Exclude<T[Name], undefined>>
        } & {
          readonly [Name in keyof T as IsOptional<T, Name> extends true ? Name : never]?:
            | Checked<Exclude<T[Name], undefined>>
            | undefined
        }
      : T

type IsOptional<T, Name extends keyof T> = object extends Pick<T, Name> ? true : false

/** A response's type without what only clients see. */
export type Answer<T> = T extends object ? Omit<T, '$metadata'> : T
