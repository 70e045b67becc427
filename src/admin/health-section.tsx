/** What directories would object to in a show: the page's script asks for the list, and for a check over HTTP when told to. */
export const HealthSection = ({ showId }: Readonly<{ showId: string }>) => (
  <section class="health" aria-labelledby={`health-${showId}`} data-health={showId} data-needs-script="" hidden>
    <h3 id={`health-${showId}`}>Health</h3>
    <div data-findings="">
      <p class="hint">Looking…</p>
    </div>
    <div class="actions">
      <button type="button" class="quiet" data-probe="" aria-describedby={`probe-hint-${showId}`}>
        Fetch feed and audio as directories do
      </button>
    </div>
    <p class="hint" id={`probe-hint-${showId}`}>
      It takes up to a minute with many episodes, and counts no download.
    </p>
    <progress aria-label="Fetching feed and audio" hidden />
    <p role="status" data-health-state="" />
  </section>
)
