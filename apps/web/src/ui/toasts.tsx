import { Toast } from '@base-ui/react/toast';
import { useStrings } from '../strings/strings.js';
import { Icon } from './icon.js';

const manager = Toast.createToastManager();

/** Says shortly what became of something. A failure stays until it is read away. */
export function tell(title: string, { isFailure = false, description }: { isFailure?: boolean; description?: string } = {}): void {
  manager.add({ title, description, type: isFailure ? 'failure' : 'done', timeout: isFailure ? 0 : 5_000, priority: isFailure ? 'high' : 'low' });
}

export function tellFailure(error: unknown): void {
  tell(error instanceof Error ? error.message : String(error), { isFailure: true });
}

export function Toasts() {
  return (
    <Toast.Provider toastManager={manager}>
      <Toast.Portal>
        <Toast.Viewport className="fixed right-4 bottom-4 z-50 flex w-80 max-w-[calc(100vw-2rem)] flex-col gap-2">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function ToastList() {
  const { toasts } = Toast.useToastManager();
  const { shell } = useStrings();
  return toasts.map((toast) => (
    <Toast.Root key={toast.id} toast={toast} className={`flex items-start gap-2 rounded-lg border bg-ground px-3 py-2.5 text-sm shadow-lg ${toast.type === 'failure' ? 'border-danger' : 'border-line'}`}>
      <Icon name={toast.type === 'failure' ? 'warning' : 'check'} className={`mt-0.5 size-4 ${toast.type === 'failure' ? 'text-danger' : 'text-accent'}`} />
      <div className="min-w-0 flex-1">
        <Toast.Title className="font-medium wrap-anywhere" />
        <Toast.Description className="text-quiet wrap-anywhere" />
      </div>
      <Toast.Close aria-label={shell.dismiss} className="rounded p-0.5 text-quiet hover:text-ink"><Icon name="close" className="size-3.5" /></Toast.Close>
    </Toast.Root>
  ));
}
