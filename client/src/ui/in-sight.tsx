import { useEffect } from 'preact/hooks';
import type { AppContext, CameraRequest } from '../state/app-context.ts';

/** Stands in details that know where their thing is: moves the map there once, when that was asked for. */
export function InSight({ app, camera }: { app: AppContext; camera: CameraRequest }) {
  useEffect(() => {
    const { isToShow } = app.session;
    if (!isToShow.peek()) return;
    isToShow.value = false;
    app.session.camera.value = camera;
  }, []);
  return null;
}
