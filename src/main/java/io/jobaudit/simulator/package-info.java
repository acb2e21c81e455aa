/**
 * A simulated cloud API that checks signatures, throttles and misbehaves. For the demo,
 * the tests and the benchmarks.
 */
@NullMarked
package io.jobaudit.simulator;

import org.jspecify.annotations.NullMarked;
