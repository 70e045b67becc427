type Props = Readonly<{
  of: 'show' | 'episode'
  id: string
  /** What there is to see when it has none of its own. */
  otherwise: string
}>

/** Changing the artwork of a show or an episode: the page's script sends the picture to the API. */
export const ArtworkForm = ({ of, id, otherwise }: Props) => (
  <div class="artwork" data-artwork={`/api/${of}s/${id}/artwork`} data-needs-script="" hidden>
    <label class="choose">
      <input type="file" accept="image/jpeg,image/png,image/webp" aria-describedby={`artwork-hint-${id}`} />
      <span>Change the artwork</span>
    </label>
    <button type="button" class="quiet" data-remove="">
      Use {otherwise}
    </button>
    <p class="hint" id={`artwork-hint-${id}`}>
      JPEG, PNG or WebP, square, 1400 to 5000 pixels, best 3000.
    </p>
    <p data-artwork-state="" role="status" />
  </div>
)
