import { type QueryKey, useMutation, type UseMutationResult } from '@tanstack/react-query';
import { tell } from '../ui/toasts.js';
import { queryClient } from './queries.js';

interface Effects<Output> {
  /** Answers that are other now: those whose keys begin like these. */
  changes: readonly QueryKey[];
  /** Said when it is done. */
  told?: string;
  onDone?: (output: Output) => void;
}

/** Something that is changed on the server: what was shown of it before is asked for anew, before it counts as done. */
export function useChange<Input, Output>(run: (input: Input) => Promise<Output>, { changes, told, onDone }: Effects<Output>): UseMutationResult<Output, Error, Input> {
  return useMutation({
    mutationFn: run,
    onSuccess: async (output) => {
      await Promise.all(changes.map((queryKey) => queryClient.invalidateQueries({ queryKey })));
      if (told) tell(told);
      onDone?.(output);
    },
  });
}
