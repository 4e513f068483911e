// `twinlock root create-access-key`: one more access key for the root user.
import { createRootAccessKey } from '@twinlock/server'
import { command } from '../../command.ts'
import { print, tell } from '../../io.ts'
import { SAME_OPTIONS, STORE_OPTIONS, withKeys } from '../keys/key-store.ts'
import { recoveredBy } from './recovered-by.ts'

export const createAccessKey = command({
  takes: [],
  description: `Makes an access key for the root user, which has two at most, prints it once, as a profile of AWS's
tools has it, and ends root's sessions in browsers.

${SAME_OPTIONS}`,
  options: STORE_OPTIONS,
  run: (place, _, io) =>
    withKeys(place, io, async keys => {
      const made = await createRootAccessKey(keys, recoveredBy(io))
      print(
        io,
        `aws_access_key_id = ${made.accessKeyId}`,
        `aws_secret_access_key = ${made.secretAccessKey}`,
      )
      tell(io, 'The root user has this access key, shown this once. Its sessions have ended.')
    }),
})
