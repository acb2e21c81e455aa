package io.jobaudit.batch;

import io.jobaudit.ids.CsvIdReader;
import io.jobaudit.ids.InputLine;
import io.jobaudit.ledger.Ledger;
import io.jobaudit.ledger.Runs;
import org.springframework.batch.core.listener.ItemWriteListener;
import org.springframework.batch.core.step.Step;
import org.springframework.batch.infrastructure.item.Chunk;

/**
 * Step importIds: every line of the input becomes a pending item or a rejected line.
 *
 * @param steps builds the step
 * @param ledger takes the lines
 * @param runs the last line that is stored already
 */
record ImportStep(GuardedSteps steps, Ledger ledger, Runs runs) implements RunStep {

	static final String NAME = "importIds";

	private static final int CHUNK_SIZE = 5000;

	@Override
	public Step of(OpenRun open) {
		return this.steps.step(NAME)
			.<InputLine, InputLine>chunk(CHUNK_SIZE)
			.transactionManager(this.steps.transactions())
			.reader(new CsvIdReader(open.request().input(), () -> this.runs.lastImportedLine(open.runId())))
			.writer(this.ledger.importWriter(open.run(), open.lock()))
			.listener(counting(open.figures()))
			.interruptionPolicy(open.request().stop())
			.build();
	}

	private static ItemWriteListener<InputLine> counting(RunFigures figures) {
		return new ItemWriteListener<>() {

			@Override
			public void afterWrite(Chunk<? extends InputLine> lines) {
				figures.imported(lines.size());
			}

		};
	}

}
