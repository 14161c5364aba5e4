import { serve } from './execution-worker.ts';

serve();
