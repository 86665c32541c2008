import { Component, signal } from "@angular/core";
import { bootstrapApplication } from "@angular/platform-browser";
import * as collins from "collins-customers";
import { options } from "../options.mjs";
import { scenario } from "../scenario.mjs";
import { Vips } from "./vips";

@Component({
  selector: "app-root",
  imports: [Vips],
  template: `<pre id="outcome">{{ outcome() }}</pre><div id="customers"><app-vips /></div>`,
})
class Page {
  readonly outcome = signal("");

  constructor() {
    scenario(collins, options)
      .then(JSON.stringify, String)
      .then((text) => this.outcome.set(text));
  }
}

bootstrapApplication(Page);
