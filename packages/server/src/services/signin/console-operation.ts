// An operation of the console's own, typed by what the pages are told of it (web/api.ts): what is text or a number there is here, and
// times are dates until they are encoded.
import type { SigninOperations } from '../../web/api.ts'
import type { Operation } from '../operation.ts'

type Name = keyof SigninOperations

/** Of a request, times are read already. */
type InputOf<Of extends Name> = Dated<SigninOperations[Of]['input']>
type OutputOf<Of extends Name> = Dated<SigninOperations[Of]['output']>

/** Members whose names end so hold times. */
type Dated<T> = T extends readonly (infer Member)[]
  ? readonly Dated<Member>[]
  : T extends object
    ? {
        readonly [Key in keyof T]: Key extends TimeName
          ? Exclude<T[Key], string> | Date
          : Dated<T[Key]>
      }
    : T

type TimeName = `${string}At` | `${string}Date` | 'By' | 'ValidFrom' | 'ValidUntil'

/** Declares the operation of that name. */
export function consoleOperation<Of extends Name>(
  _name: Of,
  definition: Operation<Absent<InputOf<Of>>, Absent<OutputOf<Of>>>,
): Operation<Absent<InputOf<Of>>, Absent<OutputOf<Of>>> {
  return definition
}

/** An optional member may be there and undefined: it is left out when it is encoded. */
type Absent<T> = T extends readonly (infer Member)[]
  ? readonly Absent<Member>[]
  : T extends Date
    ? T
    : T extends object
      ? {
          readonly [Key in keyof T]: object extends Pick<T, Key>
            ? Absent<Exclude<T[Key], undefined>> | undefined
            : Absent<T[Key]>
        }
      : T
