// What others tell us has gone wrong (an AWS service, its SDK, a format, the operating system), as one sentence for the user.

/** The sentence for a failure that is the user's to mend; undefined for anything else, which is a bug. */
export function sentenceOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined
  if (isAnswer(error))
    return `${errorCode(error)}: ${error.message.trim() || 'the service gave no reason.'}`
  if (error.name === 'CredentialsProviderError')
    return `${withFullStop(error.message)} ${HOW_TO_GIVE}`
  if (PLAIN_ERRORS.has(error.name)) return error.message
  const code = systemCode(error)
  const reason = code === undefined ? undefined : SYSTEM_ERRORS[code]
  return reason === undefined ? undefined : `${subjectOf(error)}${reason} (${code}).`
}

/** Errors that speak of what the user gave: their messages say what is wrong with it. */
const PLAIN_ERRORS: ReadonlySet<string> = new Set([
  'TokenProviderError',
  'ProviderError',
  'FactorsError',
])

/** The SDK says which sources had no credentials, and leaves it at that. */
const HOW_TO_GIVE =
  'Give credentials by --profile, AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY.'

const SYSTEM_ERRORS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing answers there',
  ECONNRESET: 'the connection was cut',
  ENOTFOUND: 'the host name is unknown',
  EAI_AGAIN: 'the host name can not be looked up now',
  ETIMEDOUT: 'no answer came in time',
  EHOSTUNREACH: 'the host can not be reached',
  EPROTO: 'the other side does not speak TLS',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ENOENT: 'no such file or directory',
  EEXIST: 'it exists already',
  ENOTDIR: 'not a directory',
  EISDIR: 'it is a directory',
  EROFS: 'the file system is read-only',
  ENOSPC: 'no space is left on the device',
  EADDRINUSE: 'the address is already in use',
  EADDRNOTAVAIL: 'this machine does not have that address',
}

/** An error that the service itself answered, as the SDK's `ServiceException` marks it. */
function isAnswer(error: Error) {
  return '$fault' in error && '$metadata' in error
}

function withFullStop(text: string) {
  return text.endsWith('.') ? text : `${text}.`
}

/** The code as it is on the wire: the SDK names its classes with a suffix that AWS's IAM never sends. */
function errorCode({ name }: Error) {
  return name.replace(/Exception$/, '')
}

function systemCode(error: Error): string | undefined {
  if ('code' in error && typeof error.code === 'string' && error.code !== '') return error.code
  return error.cause instanceof Error ? systemCode(error.cause) : undefined
}

function subjectOf(error: Error): string {
  if ('path' in error && typeof error.path === 'string') return `${error.path}: `
  if ('address' in error && typeof error.address === 'string') {
    const port = 'port' in error && typeof error.port === 'number' ? `:${error.port}` : ''
    return `${error.address}${port}: `
  }
  if ('hostname' in error && typeof error.hostname === 'string') return `${error.hostname}: `
  const [first] = error instanceof AggregateError ? error.errors : []
  return first instanceof Error ? subjectOf(first) : ''
}
