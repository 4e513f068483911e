// The Ace editor, told that the pages' Content-Security-Policy allows neither style tags nor workers of its own making: its styles come as
// files, and JSON is checked by our own parser.
import ace from 'ace-builds/src-noconflict/ace'
import 'ace-builds/src-noconflict/ext-language_tools'
import 'ace-builds/src-noconflict/ext-searchbox'
import 'ace-builds/src-noconflict/mode-json'
import 'ace-builds/src-noconflict/theme-cloud_editor'
import 'ace-builds/src-noconflict/theme-cloud_editor_dark'
import 'ace-builds/css/ace.css'
import 'ace-builds/css/theme/cloud_editor.css'
import 'ace-builds/css/theme/cloud_editor_dark.css'
import './completion/popup.css'

ace.config.set('useStrictCSP', true)
ace.config.setDefaultValue('session', 'useWorker', false)

export type Editor = ReturnType<typeof ace.edit>

/**
 * Ace for Cloudscape's code editor, which keeps the editor that it makes to itself.
 * @param onEditor is given the editor
 */
export function aceFor(onEditor: (editor: Editor) => void): typeof ace {
  return {
    ...ace,
    // Among the options is the way out by the keyboard: without it, Tab and Esc stay in the editor.
    edit: (element: HTMLElement | string, options: Parameters<typeof ace.edit>[1]) => {
      const editor = ace.edit(element, options)
      editor.session.setTabSize(2)
      editor.setShowPrintMargin(false)
      onEditor(editor)
      return editor
    },
  }
}
