const shownMs = 2500

/** Buttons that copy an address; they are hidden where no script runs. */
for (const button of document.querySelectorAll<HTMLButtonElement>('[data-copy]')) {
  const label = button.textContent
  button.hidden = false
  button.addEventListener('click', async () => {
    button.textContent = (await copyText(button.dataset.copy ?? '')) ? 'Copied' : 'Copying was refused'
    setTimeout(() => {
      button.textContent = label
    }, shownMs)
  })
}

async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return copySelected(text)
  }
}

/** The clipboard API is missing where the station has no HTTPS. */
function copySelected(text: string): boolean {
  const field = document.createElement('textarea')
  field.value = text
  document.body.append(field)
  field.select()
  const isCopied = document.execCommand('copy')
  field.remove()
  return isCopied
}
