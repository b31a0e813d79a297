package dev.athanor.benchmark.report;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Font;
import java.util.ArrayList;
import java.util.Map;
import org.knowm.xchart.HorizontalBarChart;
import org.knowm.xchart.HorizontalBarChartBuilder;
import org.knowm.xchart.XYChart;
import org.knowm.xchart.XYChartBuilder;
import org.knowm.xchart.style.AxesChartStyler;
import org.knowm.xchart.style.Styler.LegendPosition;

/** Charts in one look: white, thin grey lines, colours that people with any kind of sight can tell apart (those of Okabe and Ito). */
final class Charts {
    private static final int WIDTH = 1000;
    private static final int HEIGHT = 560;
    private static final Color[] COLOURS = {
        new Color(0x0072B2),
        new Color(0xD55E00),
        new Color(0x009E73),
        new Color(0xCC79A7),
        new Color(0x56B4E9),
        new Color(0xE69F00)
    };
    private static final Color INK = new Color(0x33, 0x33, 0x33);
    private static final Color GRID = new Color(0xDD, 0xDD, 0xDD);

    private Charts() {}

    static XYChart lines(String title, String x, String y) {
        XYChart chart = new XYChartBuilder()
                .width(WIDTH)
                .height(HEIGHT)
                .title(title)
                .xAxisTitle(x)
                .yAxisTitle(y)
                .build();
        look(chart.getStyler());
        chart.getStyler().setMarkerSize(6);
        chart.getStyler().setLegendPosition(LegendPosition.OutsideE);
        return chart;
    }

    /** One bar for each name, the first on top. */
    static HorizontalBarChart bars(String title, String unit, Map<String, Double> values) {
        HorizontalBarChart chart = new HorizontalBarChartBuilder()
                .width(WIDTH)
                .height(120 + 34 * values.size())
                .title(title)
                .xAxisTitle(unit)
                .build();
        look(chart.getStyler());
        chart.getStyler().setLegendVisible(false);
        chart.getStyler().setLabelsVisible(true);
        chart.getStyler().setXAxisMin(0.0);
        // Of the axis of names as well: less than a bar, so that every one has its name.
        chart.getStyler().setXAxisTickMarkSpacingHint(30);
        chart.getStyler().setDecimalPattern("#,##0.##");
        chart.addSeries(unit, new ArrayList<>(values.values()), new ArrayList<>(values.keySet()));
        return chart;
    }

    private static void look(AxesChartStyler styler) {
        Font font = new Font(Font.SANS_SERIF, Font.PLAIN, 13);
        styler.setBaseFont(font);
        styler.setChartTitleFont(font.deriveFont(Font.BOLD, 16));
        styler.setChartTitleBoxVisible(false);
        styler.setChartBackgroundColor(Color.WHITE);
        styler.setPlotBorderVisible(false);
        styler.setPlotGridLinesColor(GRID);
        styler.setPlotGridLinesStroke(new BasicStroke(1));
        styler.setChartFontColor(INK);
        styler.setLegendBorderColor(Color.WHITE);
        styler.setSeriesColors(COLOURS);
        styler.setDecimalPattern("#,###.##");
        styler.setAntiAlias(true);
        styler.setTextAntiAlias(true);
    }
}
