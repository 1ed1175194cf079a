/** JMH benchmarks of what happens to every byte: masking, text, frames, compression. Know the engine and nothing else. */
package dev.ferrule.samples.benchmarks;
