// What a scene is: the part of a cluster's life in which some recordings were taken, played again step by step.

import type { PodTimes } from '../../../standins/kubernetes/life-settings';

/** What a program does in a scene; times in milliseconds from its start. */
export interface Program {
  readonly prints?: readonly { readonly atMs: number; readonly text: string }[];
  /** Without it the program runs until it is ended. */
  readonly exit?: { readonly atMs: number; readonly code: number };
  /** What it wrote to its termination log. */
  readonly termination?: string;
  /** Its exit is the kernel's: it went over its memory limit. */
  readonly outOfMemory?: boolean;
  /** On SIGTERM; without it the program does not hear it and is killed after the grace period. */
  readonly onTerm?: { readonly text: string; readonly afterMs: number; readonly code: number };
}

/** What a scene does to its cluster. */
export interface Play {
  /** Sends each recorded request and compares its answer, in this order. */
  ask(...ids: readonly string[]): Promise<void>;
  /** Asks this one thing right after a fault has begun. */
  askUnder(fault: Readonly<Record<string, unknown>> & { readonly kind: string }, id: string): Promise<void>;
  /** Sends a request whose answer goes on: a watch, a log that is followed. */
  open(...ids: readonly string[]): Promise<void>;
  /** Ends what was opened, as the client did, and compares all that came. */
  close(...ids: readonly string[]): Promise<void>;
  /** Time goes by. */
  pass(ms: number): Promise<void>;
  /**
   * A request that was not recorded, as the administrator. The scene breaks off unless it succeeds. Resolves to the
   * answer's body.
   */
  send(method: string, path: string, body?: unknown): Promise<unknown>;
  /** The cluster's time, as the API writes it. */
  now(): Promise<string>;
  /** Creates a Job that was not recorded, in namespace `gpu-jobs` unless told otherwise. */
  createJob(job: JobInput): Promise<void>;
  /** Meets the pods that there are: they stand for the next recorded ones of their Jobs, before they go. */
  meetPods(): Promise<void>;
  /** The version that a recording calls so is the present one here. */
  mark(recordedVersion: string): Promise<void>;
  /** The server forgets what was before now, as after five minutes. */
  compact(): Promise<void>;
  /** A fault by the stand-in's name for it, or its end. */
  fault(name: string, options?: Readonly<Record<string, unknown>>): Promise<void>;
}

export interface JobInput {
  readonly name: string;
  readonly namespace?: string;
  readonly labels?: Readonly<Record<string, string>>;
  /** Over the usual spec: backoffLimit 0. */
  readonly spec?: Readonly<Record<string, unknown>>;
  /** Over the usual pod: restartPolicy Never, the toleration of the GPU pool. */
  readonly pod?: Readonly<Record<string, unknown>>;
  /** Over the usual container: `main`, busybox:local, one GPU. */
  readonly container?: Readonly<Record<string, unknown>>;
  /** In place of the one container. */
  readonly containers?: readonly Readonly<Record<string, unknown>>[];
}

export interface Scene {
  readonly name: string;
  /** How the ids of its recordings begin. */
  readonly groups: readonly string[];
  /** GPU nodes of one GPU each with the taint `sku=gpu:NoSchedule`; default 1. */
  readonly nodes?: number;
  /** A node without GPUs and taints beside them. */
  readonly plainNode?: boolean;
  /** The made-up ends of the names of its pods, in order, where a list is in the order of those names. */
  readonly suffixes?: readonly string[];
  /** How long the recorder's kubelet took, where that decides what was seen: of its pods, numbered from 0. */
  readonly times?: (pod: number) => Partial<PodTimes>;
  /** A request without credentials is one of `system:anonymous`. */
  readonly anonymous?: boolean;
  /** By the shell command of the container (`sh -c COMMAND`), or by the image where it has none. */
  readonly programs?: Readonly<Record<string, Program>>;
  readonly play: (on: Play) => Promise<void>;
}
