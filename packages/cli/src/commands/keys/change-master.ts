// `twinlock keys change-master`: the data keys under another master key.
import { resolve } from 'node:path'
import { changeMasterKey } from '@twinlock/server'
import { UsageError } from '../../command-errors.ts'
import { command } from '../../command.ts'
import { print, tell } from '../../io.ts'
import { SAME_OPTIONS, STORE_OPTIONS, withKeys } from './key-store.ts'

export const changeMaster = command({
  takes: [],
  description: `Seals the data keys under another master key. Servers need its file at their next start, and before
the next \`twinlock keys rotate\`.

${SAME_OPTIONS}`,
  options: {
    'new-master-key-file': {
      type: 'string',
      value: 'FILE',
      help: 'holds the new master key, and is made when it is missing',
    },
    ...STORE_OPTIONS,
  },
  run: ({ 'new-master-key-file': file, ...place }, _, io) => {
    if (file === undefined) throw new UsageError('--new-master-key-file is missing.')
    return withKeys(place, io, async keys => {
      await changeMasterKey(keys, resolve(file))
      print(io, `The data keys are sealed under ${resolve(file)}.`)
      tell(
        io,
        'Put it where each server reads its master key. The old one opens backups of the database from before: keep it as long as these.',
      )
    })
  },
})
