/** The strip that shows how far the work has come: phase, numbers, clock. */
import type { Progress } from "salesforce-bulk";
import { byId, within } from "./dom.ts";
import { count, duration } from "./format.ts";

const words: Record<Progress["phase"], string> = {
  reading: "Reading…",
  uploading: "Uploading…",
  processing: "Salesforce is working…",
  downloading: "Downloading…",
  waiting: "Waiting for it to pass…",
  done: "Finishing…",
};

export class Status {
  readonly #phase: HTMLElement;
  readonly #bar: HTMLProgressElement;
  readonly #live: HTMLElement;
  readonly #label: HTMLElement;
  readonly #counted: string;
  readonly #numbers: Record<"processed" | "moved" | "elapsed", HTMLElement>;
  #began = 0;
  #clock = 0;

  /** @param counted what the second number counts, as a rule */
  constructor(host: HTMLElement, counted: string) {
    this.#counted = counted;
    host.append(byId("status-template", HTMLTemplateElement).content.cloneNode(true));
    const number = (name: string) => within(host, `[data-number="${name}"]`, HTMLElement);
    this.#phase = within(host, ".phase", HTMLElement);
    this.#bar = within(host, "progress", HTMLProgressElement);
    this.#live = within(host, "[role=status]", HTMLElement);
    this.#numbers = {
      processed: number("processed"),
      moved: number("moved"),
      elapsed: number("elapsed"),
    };
    this.#label = within(host, '[data-label="moved"]', HTMLElement);
  }

  begin(text: string): void {
    this.reset(text);
    this.#bar.removeAttribute("value");
    this.#began = performance.now();
    this.#clock = window.setInterval(() => this.#tick(), 100);
  }

  progress({ phase, processed, failed, reason }: Progress): void {
    this.#say(reason === undefined ? words[phase] : `${words[phase]} ${reason}`);
    if (processed !== undefined) this.#numbers.processed.textContent = count(processed);
    if (failed !== undefined) this.moved("Failed", count(failed));
  }

  /** Sets the second number and what it counts. */
  moved(label: string, text: string): void {
    this.#label.textContent = label;
    this.#numbers.moved.textContent = text;
  }

  /** Fills the bar by so much of the whole; without a whole it only shows that work goes on. */
  fill(part: number, whole: number | undefined): void {
    if (whole) this.#bar.value = Math.min(part / whole, 1);
  }

  end(text: string, isComplete: boolean): void {
    window.clearInterval(this.#clock);
    this.#tick();
    this.#bar.value = isComplete ? 1 : 0;
    this.#say(text);
  }

  reset(text = "Ready"): void {
    window.clearInterval(this.#clock);
    for (const number of Object.values(this.#numbers)) number.textContent = "–";
    this.#label.textContent = this.#counted;
    this.#bar.value = 0;
    this.#say(text);
  }

  /** Only a change of phase is read out: numbers would never let a listener finish a sentence. */
  #say(text: string): void {
    this.#phase.textContent = text;
    if (this.#live.textContent !== text) this.#live.textContent = text;
  }

  #tick(): void {
    this.#numbers.elapsed.textContent = duration(performance.now() - this.#began);
  }
}
