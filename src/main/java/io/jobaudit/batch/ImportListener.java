package io.jobaudit.batch;

import io.jobaudit.ids.InputLine;
import org.springframework.batch.core.listener.ItemWriteListener;
import org.springframework.batch.infrastructure.item.Chunk;

/** Counts the lines that are written down, for those who watch. */
final class ImportListener implements ItemWriteListener<InputLine> {

	private final RunFigures figures;

	ImportListener(RunFigures figures) {
		this.figures = figures;
	}

	@Override
	public void afterWrite(Chunk<? extends InputLine> lines) {
		this.figures.imported(lines.size());
	}

}
