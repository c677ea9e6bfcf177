import { keepLogs } from './failure-logs';

(globalThis as { pachkitTestFailed?: (test: string) => void }).pachkitTestFailed = keepLogs;
