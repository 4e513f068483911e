// `twinlock mfa remove`: the two steps that AWS makes of it, of which the second is often forgotten.
import {
  DeactivateMFADeviceCommand,
  DeleteVirtualMFADeviceCommand,
  type IAMClient,
  NoSuchEntityException,
} from '@aws-sdk/client-iam'
import { UsageError } from '../../command-errors.ts'
import { command } from '../../command.ts'
import { tell } from '../../io.ts'
import { openQuestions } from '../../terminal/questions.ts'
import { ENDPOINT_OPTIONS, openEndpoint, ownUserName } from './endpoint.ts'

export const remove = command({
  takes: ['SERIAL-NUMBER'],
  description: `Deactivates the MFA device for the user and, if it is a virtual one, deletes it: one that is only
deactivated keeps its name from being used again. A device that nobody uses is deleted as well.`,
  options: {
    'user-name': {
      type: 'string',
      value: 'USER',
      help: 'whose (default: whose credentials are used)',
    },
    ...ENDPOINT_OPTIONS,
  },
  run: async ({ 'user-name': userName, ...values }, [serialNumber], io) => {
    if (serialNumber === undefined) throw new UsageError('which device? Give its SERIAL-NUMBER.')
    using questions = openQuestions(io)
    using endpoint = await openEndpoint(values, questions)
    const UserName = userName ?? (await ownUserName(endpoint))
    const virtual = /^arn:[^:]+:iam::\d{12}:mfa\//.test(serialNumber)

    const deactivated = await deactivate(endpoint.iam, UserName, serialNumber, virtual)
    if (deactivated) tell(io, `Deactivated for ${UserName}.`)
    if (!virtual) return
    await endpoint.iam.send(new DeleteVirtualMFADeviceCommand({ SerialNumber: serialNumber }))
    tell(io, `Deleted ${serialNumber}.`)
  },
})

/** False when the device is not the user's and may be nobody's. Deleting it is refused if it is somebody else's. */
async function deactivate(
  iam: IAMClient,
  UserName: string,
  SerialNumber: string,
  mayBeUnassigned: boolean,
) {
  try {
    await iam.send(new DeactivateMFADeviceCommand({ UserName, SerialNumber }))
    return true
  } catch (error) {
    if (mayBeUnassigned && error instanceof NoSuchEntityException) return false
    throw error
  }
}
