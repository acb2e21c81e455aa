package io.jobaudit.report.xlsx;

import java.io.IOException;
import java.time.Instant;
import java.util.Date;
import java.util.Optional;

import org.apache.poi.ooxml.POIXMLProperties;
import org.apache.poi.ss.usermodel.Sheet;
import org.apache.poi.xssf.streaming.SXSSFSheet;
import org.apache.poi.xssf.streaming.SXSSFWorkbook;
import org.apache.poi.xssf.usermodel.XSSFSheet;
import org.apache.poi.xssf.usermodel.XSSFWorkbook;

/**
 * A workbook that streams its rows, and has the same bytes for the same content: POI
 * leaves out the entries' times, and the document's dates are the run's.
 */
final class ReproducibleWorkbook extends SXSSFWorkbook {

	private static final int WINDOW = 100;

	ReproducibleWorkbook(String title, Instant date) {
		super(new XSSFWorkbook(), WINDOW, false, false);
		POIXMLProperties.CoreProperties properties = getXSSFWorkbook().getProperties().getCoreProperties();
		properties.setTitle(title);
		properties.setCreator("job-audit");
		properties.setCreated(Optional.of(Date.from(date)));
		properties.setModified(Optional.of(Date.from(date)));
	}

	/**
	 * A sheet that is held in memory: its cells can be read again, and it takes charts.
	 */
	XSSFSheet createHeldSheet(String name) {
		createSheet(name);
		return getXSSFWorkbook().getSheet(name);
	}

	/**
	 * After a failure there are rows that cannot be flushed once their writer is closed.
	 */
	@Override
	public void close() throws IOException {
		try {
			for (Sheet sheet : this) {
				((SXSSFSheet) sheet).flushRows();
			}
		}
		finally {
			super.close();
		}
	}

}
