/** Changing a show's artwork: the page's script sends the picture to the API. */
export const ArtworkForm = ({ showId }: { showId: string }) => (
  <div class="artwork" data-artwork={showId} data-needs-script="" hidden>
    <label class="choose">
      <input type="file" accept="image/jpeg,image/png" aria-describedby={`artwork-hint-${showId}`} />
      <span>Change the artwork</span>
    </label>
    <p class="hint" id={`artwork-hint-${showId}`}>
      JPEG or PNG, square, 1400 to 3000 pixels, RGB without transparency (Apple’s rules).
    </p>
    <p data-artwork-state="" role="status" />
  </div>
)
