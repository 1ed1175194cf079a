/**
 * JMH benchmarks of what happens to every byte: masking, text, frames, compression, which know the engine and nothing else; and
 * of what happens to every object.
 */
package dev.ferrule.samples.benchmarks;
