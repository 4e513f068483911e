// Hashing a password takes 19 MiB and tens of milliseconds: strangers must not have hundreds of hashes under way.
import { AwsError } from '@twinlock/protocol'
import type { VerifyPassword } from '../authentication/sign-in-password.ts'

/** `verify`, for at most so many callers at a time. @throws AwsError ServiceUnavailable for those beyond */
export function boundedHashing(verify: VerifyPassword, most: number): VerifyPassword {
  let underWay = 0
  return async (passwordHash, password) => {
    if (underWay >= most) {
      throw new AwsError(
        'ServiceUnavailable',
        'The request has failed due to a temporary failure of the server.',
      )
    }
    underWay++
    try {
      return await verify(passwordHash, password)
    } finally {
      underWay--
    }
  }
}
