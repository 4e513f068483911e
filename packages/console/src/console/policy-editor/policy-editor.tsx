// Writes a policy: text on one side, what AWS and the linter would say of it on the other, as it is typed.
import Box from '@cloudscape-design/components/box'
import Button from '@cloudscape-design/components/button'
import SpaceBetween from '@cloudscape-design/components/space-between'
import Spinner from '@cloudscape-design/components/spinner'
import type { LintOptions, SizeQuota } from '@twinlock/policy'
import { fixPolicy, lintPolicy, SIZE_QUOTAS, sizeAgainst } from '@twinlock/policy'
import { lazy, Suspense, useCallback, useDeferredValue, useMemo, useRef } from 'react'
import { useSession } from '../shell/session.ts'
import type { Editor } from './ace.ts'
import type { Catalogue } from './catalogue.ts'
import { useCatalogue } from './catalogue.ts'
import { CatalogueMissing } from './catalogue-missing.tsx'
import type { Surroundings } from './completion/completions.ts'
import { Findings } from './findings.tsx'

const JsonEditor = lazy(() => import('./json-editor.tsx'))

type Props = {
  readonly value: string
  /** Absent: for reading only. */
  readonly onChange?: (value: string) => void
  /** What kind of policy it is, and to whom it is attached as far as that is known. */
  readonly options: LintOptions
  readonly ariaLabel: string
  readonly height?: number
  /** What its size counts against. */
  readonly quota?: SizeQuota
}

export function PolicyEditor({ value, onChange, options, ariaLabel, height, quota }: Props) {
  const checked = useDeferredValue(value)
  const catalogue = useCatalogue()
  const known = useMemo(
    () => (catalogue.data === undefined ? options : { ...options, catalogue: catalogue.data }),
    [catalogue.data, options],
  )
  const findings = useMemo(() => lintPolicy(checked, known), [checked, known])
  const surroundings = useSurroundings(options.kind, catalogue.data)
  const editor = useRef<Editor>(undefined)
  const keepEditor = useCallback((made: Editor) => void (editor.current = made), [])
  const correctable = findings.filter(one => one.fix !== undefined && one.severity !== 'info')

  return (
    <SpaceBetween size="m">
      <Suspense fallback={<Spinner size="large" />}>
        <JsonEditor
          value={value}
          onChange={onChange}
          findings={findings}
          surroundings={surroundings}
          ariaLabel={ariaLabel}
          onEditor={keepEditor}
          {...(height !== undefined && { height })}
        />
      </Suspense>
      {quota && onChange && <Size text={checked} quota={quota} />}
      {onChange && correctable.length > 1 && (
        <Button formAction="none" onClick={() => onChange(fixPolicy(value, known).text)}>
          Apply all {correctable.length} corrections
        </Button>
      )}
      {catalogue.isError && <CatalogueMissing onRetry={() => void catalogue.refetch()} />}
      <Findings
        findings={findings}
        catalogue={catalogue.status}
        onGo={({ line, column }) => {
          editor.current?.gotoLine(line, column - 1, true)
          editor.current?.focus()
        }}
        onCorrect={onChange}
      />
    </SpaceBetween>
  )
}

function useSurroundings(
  kind: LintOptions['kind'],
  catalogue: Catalogue | undefined,
): Surroundings {
  const account = useSession()?.account
  return useMemo(() => ({ kind, catalogue, account }), [kind, catalogue, account])
}

function Size({ text, quota }: { readonly text: string; readonly quota: SizeQuota }) {
  const size = sizeAgainst(quota, [text])
  const { most } = SIZE_QUOTAS[quota]
  return (
    <Box variant="small" color={size > most ? 'text-status-error' : 'text-body-secondary'}>
      {size.toLocaleString()} of {most.toLocaleString()} characters
    </Box>
  )
}

/** Whether AWS would refuse the document. */
export function isRefused(text: string, options: LintOptions): boolean {
  return lintPolicy(text, options).some(({ code }) => code === 'DOC001')
}

/** Why a form cannot send it, where that is so. */
export function refusalOf(
  text: string,
  options: LintOptions,
  quota: SizeQuota,
): string | undefined {
  const { most } = SIZE_QUOTAS[quota]
  if (sizeAgainst(quota, [text]) > most) {
    return `The document is longer than ${most.toLocaleString('en')} characters.`
  }
  return isRefused(text, options)
    ? 'AWS would refuse this document: its errors are named below it.'
    : undefined
}
