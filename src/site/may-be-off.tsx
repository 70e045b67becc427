/** Said of chapters and transcripts that were made for an earlier recording. */
export const MayBeOff = () => <p class="hint">The recording was replaced since: times may be off.</p>
