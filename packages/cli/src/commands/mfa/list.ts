// `twinlock mfa list`: the MFA devices of a user, of every kind.
import { paginateListMFADevices } from '@aws-sdk/client-iam'
import { command } from '../../command.ts'
import { print, tell } from '../../io.ts'
import { openQuestions } from '../../terminal/questions.ts'
import { tableOf } from '../../terminal/table.ts'
import { ENDPOINT_OPTIONS, openEndpoint } from './endpoint.ts'

export const list = command({
  takes: [],
  description: 'Lists the MFA devices that are enabled for a user.',
  options: {
    'user-name': {
      type: 'string',
      value: 'USER',
      help: 'whose (default: whose credentials are used)',
    },
    ...ENDPOINT_OPTIONS,
  },
  run: async ({ 'user-name': UserName, ...values }, _, io) => {
    using questions = openQuestions(io)
    using endpoint = await openEndpoint(values, questions)
    const rows: string[][] = []
    const input = UserName === undefined ? {} : { UserName }
    for await (const { MFADevices = [] } of paginateListMFADevices(
      { client: endpoint.iam },
      input,
    )) {
      for (const { SerialNumber = '', EnableDate } of MFADevices) {
        rows.push([SerialNumber, EnableDate?.toISOString() ?? ''])
      }
    }
    if (rows.length === 0) tell(io, 'No MFA device is enabled.')
    else print(io, tableOf(['SERIAL NUMBER', 'ENABLED'], rows))
  },
})
