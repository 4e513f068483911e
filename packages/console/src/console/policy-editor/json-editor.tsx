// A policy's text with highlighting, line numbers and marks where something is wrong.
import type { CodeEditorProps } from '@cloudscape-design/components/code-editor'
import CodeEditor from '@cloudscape-design/components/code-editor'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Finding } from '@twinlock/policy'
import type { Editor } from './ace.ts'
import { aceFor } from './ace.ts'
import { completePolicies } from './completion/ace-completer.ts'
import type { Surroundings } from './completion/completions.ts'

type Props = {
  readonly value: string
  /** Absent: for reading only. */
  readonly onChange?: ((value: string) => void) | undefined
  readonly findings: readonly Finding[]
  /** What completions are made of. */
  readonly surroundings: Surroundings
  readonly ariaLabel: string
  readonly height?: number
  /** Brings the place of a finding into view. */
  readonly onEditor?: (editor: Editor) => void
}

const LABELS: CodeEditorProps.I18nStrings = {
  loadingState: 'Loading the editor',
  errorState: 'The editor could not be loaded.',
  errorStateRecovery: 'Try again',
  editorGroupAriaLabel: 'Policy editor',
  statusBarGroupAriaLabel: 'Status bar',
  cursorPosition: (row, column) => `Ln ${row}, Col ${column}`,
  errorsTab: 'Errors',
  warningsTab: 'Warnings',
  preferencesButtonAriaLabel: 'Preferences',
  paneCloseButtonAriaLabel: 'Close',
  preferencesModalHeader: 'Preferences',
  preferencesModalCancel: 'Cancel',
  preferencesModalConfirm: 'Confirm',
  preferencesModalWrapLines: 'Wrap lines',
  preferencesModalTheme: 'Theme',
  preferencesModalLightThemes: 'Light themes',
  preferencesModalDarkThemes: 'Dark themes',
}

const THEMES = { light: ['cloud_editor'], dark: ['cloud_editor_dark'] } as const

export default function JsonEditor({
  value,
  onChange,
  findings,
  surroundings,
  ariaLabel,
  height = 420,
  onEditor,
}: Props) {
  const [editor, setEditor] = useState<Editor>()
  const [preferences, setPreferences] = useState<Partial<CodeEditorProps.Preferences>>({
    wrapLines: true,
  })
  const known = useRef(surroundings)
  useEffect(() => {
    known.current = surroundings
  }, [surroundings])
  const ace = useMemo(
    () =>
      aceFor(made => {
        completePolicies(made, () => known.current)
        setEditor(made)
        onEditor?.(made)
      }),
    [onEditor],
  )
  const isReadOnly = onChange === undefined
  useEffect(() => {
    editor?.setReadOnly(isReadOnly)
  }, [editor, isReadOnly])
  useEffect(() => {
    editor?.session.setAnnotations(findings.flatMap(annotationsOf))
  }, [editor, findings, value])

  return (
    <CodeEditor
      ace={ace}
      language="json"
      value={value}
      ariaLabel={ariaLabel}
      editorContentHeight={height}
      themes={THEMES}
      preferences={preferences}
      onPreferencesChange={({ detail }) => setPreferences(detail)}
      onChange={({ detail }) => onChange?.(detail.value)}
      i18nStrings={LABELS}
    />
  )
}

function annotationsOf({ severity, start, title, why }: Finding) {
  if (severity === 'info') return []
  const text = why === title ? title : `${title}: ${why}`
  return [{ row: start.line - 1, column: start.column - 1, type: severity, text }]
}
