// The waits of root's sign-in after wrong guesses (authentication/sign-in-throttle.ts). Whoever has tried everything before asking for
// a recovery would have to wait an hour after it.
import type { RootContext } from './root-context.ts'

/** Forgets what was guessed wrongly, from wherever: all buckets that begin with this name. */
export async function forgetWaits({ account, db }: RootContext, bucket: string): Promise<void> {
  await db
    .deleteFrom('signInThrottle')
    .where('accountId', '=', account)
    .where(eb => eb.or([eb('bucket', '=', bucket), eb('bucket', 'like', `${bucket} from %`)]))
    .execute()
}
