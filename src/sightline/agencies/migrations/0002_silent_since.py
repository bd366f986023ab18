from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('agencies', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='systemheard',
            name='silent_since',
            field=models.DateTimeField(blank=True, help_text='of a failure: since when, where that is known', null=True),
        ),
    ]
