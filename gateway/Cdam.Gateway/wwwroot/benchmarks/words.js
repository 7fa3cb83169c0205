const states = { BENCHMARK_STATE_PENDING: 'waiting', BENCHMARK_STATE_RUNNING: 'running', BENCHMARK_STATE_SUCCEEDED: 'done', BENCHMARK_STATE_FAILED: 'failed', BENCHMARK_STATE_CANCELLED: 'cancelled' };
const sets = { GENERATED_SET_ONE_OBJECT: 'one-object scenes', GENERATED_SET_TWO_OBJECTS: 'two-object scenes', GENERATED_SET_VALIDATION: 'validation scenes' };

export const stateWord = state => states[state] ?? state;

export const isFinal = state => !['BENCHMARK_STATE_PENDING', 'BENCHMARK_STATE_RUNNING'].includes(state);

/** What a session measures on what. */
export const titleOf = ({ model, source }) => `${model.replace('models/', '')} on ${sourceOf(source)}`;

function sourceOf({ scenes, folder, imageSet }) {
  return scenes ? `${scenes.count} ${sets[scenes.set] ?? scenes.set}` : folder ? folder.path : imageSet;
}

/** How far a session is, and how long it takes yet. */
export function stateOf({ final, progress }) {
  const { imageCount, measuredCount, failedCount, remainingSeconds, forwardPasses, naiveForwardPasses } = progress;
  const done = `${measuredCount} of ${imageCount} images${failedCount > 0 ? `, ${failedCount} failed` : ''}`;
  if (final) {
    const why = final.error ? `: ${final.error.message}` : '';
    return `${stateWord(final.state)}${why}. ${done}, ${forwardPasses} forward passes instead of ${naiveForwardPasses}.`;
  }

  if (measuredCount + failedCount === 0) {
    return `${done}. Sessions take turns, and the first image takes the longest.`;
  }

  return `${done}${remainingSeconds === undefined || remainingSeconds === null ? '' : `, ${span(remainingSeconds)} left`}`;
}

function span(seconds) {
  return seconds < 90 ? `${Math.ceil(seconds)} s` : seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
}
