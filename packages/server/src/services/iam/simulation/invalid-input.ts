// What the simulation operations refuse, in the simulator's words.
import { PolicyError } from '@twinlock/policy'
import { AwsError } from '@twinlock/protocol'

export const invalidInput = (message: string, options?: ErrorOptions) =>
  new AwsError('InvalidInput', message, options)

/**
 * What `read` makes of a document of the request.
 * @param which how a refusal names the document: `Policy input list item 1`
 * @throws AwsError InvalidInput, which does not say what is wrong
 */
export function readDocument<Read>(which: string, read: () => Read): Read {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof PolicyError)) throw error
    throw invalidInput(`${which} has invalid content`, { cause: error })
  }
}
