// `twinlock keys retire`: takes an old data key out of the store, for good.
import { retireDataKey } from '@twinlock/server'
import { UsageError } from '../../command-errors.ts'
import { command } from '../../command.ts'
import { print } from '../../io.ts'
import { SAME_OPTIONS, STORE_OPTIONS, withKeys } from './key-store.ts'

export const retire = command({
  takes: ['ID'],
  description: `Removes the data key ID, once nothing at rest is sealed by it. Nothing brings it back. It is refused
while tokens that it sealed may still live: session tokens do for up to 36 hours, and cookies by
which browsers are known for 90 days.

${SAME_OPTIONS}`,
  options: {
    'end-sessions': {
      type: 'boolean',
      help: 'retire it all the same: temporary credentials that it sealed end, and browsers that it knows are strangers until somebody signs in there again',
    },
    ...STORE_OPTIONS,
  },
  run: ({ 'end-sessions': endSessions = false, ...place }, [id], io) => {
    const keyId = parseKeyId(id)
    return withKeys(place, io, async keys => {
      await retireDataKey(keys, { keyId, endSessions }, io.clock.now())
      print(io, `Key ${keyId} is retired.`)
    })
  },
})

function parseKeyId(text: string | undefined): number {
  if (text === undefined)
    throw new UsageError('which key? Give its ID, as in `twinlock keys list`.')
  if (/^\d{1,9}$/.test(text)) return Number(text)
  throw new UsageError(
    `\`${text}\` is not the ID of a key: it is a number, as in \`twinlock keys list\`.`,
  )
}
