export type Button = 'pause' | 'resume' | 'cancel'

/** All that the recording's panel of an episode shows at a moment. */
export type PanelView = Readonly<{
  /** A word for programs: that of the upload, or sending, paused, waiting. */
  state: string
  words: string
  isProblem?: boolean
  /** 0 to 1; absent: no bar. */
  fraction?: number
  figures?: string
  warnings?: readonly string[]
  buttons?: readonly Button[]
  /** Whether another recording can be chosen now. */
  canChoose: boolean
  /** Whether the audio is to be kept as it is; absent: as the podcaster has ticked it. */
  keepAudio?: boolean
}>

type Handlers = Readonly<
  { onChoose(file: File, keepAudio: boolean): void } & Record<`on${Capitalize<Button>}`, () => void>
>

/** The panel of an episode: `show` prints a view, and the handlers hear what the podcaster does. */
export function createPanel(episode: HTMLElement, handlers: Handlers): { show(view: PanelView): void } {
  const find = <T extends Element>(selector: string) => episode.querySelector(selector) as T
  const panel = find<HTMLDetailsElement>('[data-upload]')
  const input = find<HTMLInputElement>('[data-recording]')
  const state = find<HTMLElement>('[data-upload-state]')
  const progress = find<HTMLProgressElement>('progress')
  const buttons = {
    pause: find<HTMLButtonElement>('[data-pause]'),
    resume: find<HTMLButtonElement>('[data-resume]'),
    cancel: find<HTMLButtonElement>('[data-cancel]'),
  }
  buttons.pause.addEventListener('click', handlers.onPause)
  buttons.resume.addEventListener('click', handlers.onResume)
  buttons.cancel.addEventListener('click', handlers.onCancel)
  const keep = find<HTMLInputElement>('[data-keep-audio]')
  listenForFiles(panel, input, (file) => handlers.onChoose(file, keep.checked))
  const announce = createAnnouncer(find('[data-upload-announcement]'))

  return {
    show({ fraction, ...view }) {
      if (!view.canChoose || view.isProblem) panel.open = true
      setText(state, view.words)
      state.dataset.uploadState = view.state
      state.classList.toggle('problem', view.isProblem === true)
      progress.hidden = fraction === undefined
      progress.value = fraction ?? 0
      setText(find('[data-upload-figures]'), view.figures ?? '')
      setItems(find('[data-upload-warnings]'), view.warnings ?? [])
      input.disabled = !view.canChoose
      keep.disabled = !view.canChoose
      keep.checked = view.keepAudio ?? keep.checked
      showButtons(buttons, view.buttons ?? [])
      announce(fraction)
    },
  }
}

function listenForFiles(panel: HTMLElement, input: HTMLInputElement, onChoose: (file: File) => void): void {
  input.addEventListener('change', () => {
    const file = input.files?.[0]
    // Emptied, so that choosing the same file again is a change again.
    input.value = ''
    if (file) onChoose(file)
  })
  panel.addEventListener('drop', (event) => {
    panel.classList.remove('over')
    const file = event.dataTransfer?.files[0]
    if (file && !input.disabled) onChoose(file)
  })
  panel.addEventListener('dragover', () => panel.classList.toggle('over', !input.disabled))
  panel.addEventListener('dragleave', () => panel.classList.remove('over'))
}

/** Tells quarters only: a screen reader that reads every percent cannot be listened to. */
function createAnnouncer(element: HTMLElement): (fraction: number | undefined) => void {
  let quarter = 0
  return (fraction = 0) => {
    const now = Math.floor(fraction * 4)
    if (now !== quarter) element.textContent = now > 0 && now < 4 ? `${now * 25} %` : ''
    quarter = now
  }
}

/** A button that goes while it has the focus hands it to the next one. */
function showButtons(buttons: Record<Button, HTMLButtonElement>, shown: readonly Button[]): void {
  const hadFocus = Object.values(buttons).some((button) => button === document.activeElement)
  for (const [name, button] of Object.entries(buttons)) button.hidden = !shown.includes(name as Button)
  if (hadFocus && (document.activeElement as HTMLElement | null)?.hidden && shown[0]) buttons[shown[0]].focus()
}

/** A live region speaks at each change, so equal words are not set again. */
function setText(element: HTMLElement, words: string): void {
  if (element.textContent !== words) element.textContent = words
}

function setItems(list: HTMLElement, items: readonly string[]): void {
  if (list.children.length === 0 && items.length === 0) return
  list.replaceChildren(
    ...items.map((item) => {
      const element = document.createElement('li')
      element.textContent = item
      return element
    }),
  )
}
