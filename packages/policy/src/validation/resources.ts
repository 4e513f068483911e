// What IAM asks of the ARNs under Resource and NotResource, in the partition `aws`.

/** Partitions in which IAM of the partition `aws` stores resources. */
const PARTITIONS: ReadonlySet<string> = new Set(['aws', '*'])

const IAM_RESOURCE_TYPES = [
  'user/',
  'federated-user/',
  'role/',
  'group/',
  'instance-profile/',
  'mfa/',
  'server-certificate/',
  'policy/',
  'sms-mfa/',
  'saml-provider/',
  'oidc-provider/',
  'report/',
  'access-report/',
]

/** Resources of S3 that live in a Region; buckets and objects do not say theirs. */
const REGIONAL_S3_TYPES = [
  'accesspoint/',
  'access-grants/',
  'async-request/',
  'job/',
  'storage-lens/',
  'storage-lens-group/',
]

/**
 * Whether the first parser of IAM gives up on the ARN: an empty service, or an empty segment in an
 * ARN of fewer than six. In a partition that is none it never gets so far.
 */
export function failsLegacyParsing(resource: string): boolean {
  const [, partition = '', service, ...rest] = segmentsOf(resource)
  if (!PARTITIONS.has(partition) || service === undefined) return false
  return service === '' || (rest.length < 3 && rest.includes(''))
}

/** AWS's words for what is wrong with the resource, or undefined. */
export function resourceFault(resource: string): string | undefined {
  if (resource === '*') return undefined
  const [prefix, partition, service, region, account, path] = segmentsOf(resource)
  if (partition === undefined) return notAnArn(resource)
  if (!PARTITIONS.has(partition)) {
    const shown = [service, region, account, path].map(segment => segment ?? '*').join(':')
    return `Partition "${partition}" is not valid for resource "arn:${partition}:${shown}".`
  }
  if (prefix !== 'arn') return notAnArn(resource)
  if (service === undefined || /[*?]|\$\{/.test(service)) {
    return 'Resource vendor must be fully qualified and cannot contain regexes.'
  }
  if (service === 'iam') return iamFault(resource, region, path)
  if (service === 's3') return s3Fault(resource, region, path)
  return undefined
}

function notAnArn(resource: string): string {
  return `Resource ${resource} must be in ARN format or "*".`
}

/** `root` is the resource of sts:AssumeRoot; the text is older than it. */
function iamFault(resource: string, region = '', path = '*'): string | undefined {
  if (region !== '') return `IAM resource ${resource} cannot contain region information.`
  if (path === '*' || path === 'root' || IAM_RESOURCE_TYPES.some(type => path.startsWith(type))) {
    return undefined
  }
  return `IAM resource path must either be "*" or start with ${IAM_RESOURCE_TYPES.join(', ')}.`
}

function s3Fault(resource: string, region = '', path = ''): string | undefined {
  if (region === '' || REGIONAL_S3_TYPES.some(type => path.startsWith(type))) return undefined
  return `Resource ${resource} can not contain region information.`
}

const VARIABLE = /\$\{[^{}]*\}/y

/** At most six; the sixth keeps its colons, and a colon inside of `${…}` divides nothing. */
export function segmentsOf(arn: string): string[] {
  const segments: string[] = []
  let start = 0
  for (let at = 0; at < arn.length && segments.length < 5; at++) {
    if (arn[at] === ':') {
      segments.push(arn.slice(start, at))
      start = at + 1
    } else if (arn[at] === '$') {
      VARIABLE.lastIndex = at
      if (VARIABLE.test(arn)) at = VARIABLE.lastIndex - 1
    }
  }
  segments.push(arn.slice(start))
  return segments
}
